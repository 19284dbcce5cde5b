import { Entity } from '@backstage/catalog-model';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Installation } from './Installation';
import { MigratedDatabases } from './MigratedDatabases';

/**
 * What makes installations with the change host, each on a database of its own; they are
 * disposed of after each test of the file that calls this.
 */
export function hostInstallations(databases: MigratedDatabases) {
  const installations: Installation[] = [];
  afterEach(() => {
    installations.splice(0).forEach(installation => installation.dispose());
  });
  return async (
    id: TestDatabaseId,
    ...entities: readonly Entity[]
  ): Promise<Installation> => {
    const knex = await databases.init(id);
    const installation = Installation.create(knex).withHost();
    installations.push(installation);
    await installation.catalogHolds(...entities);
    return installation;
  };
}
