import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Container, Flex, Skeleton } from '@backstage/ui';
import {
  UnderstandingError,
  useEntityUnderstanding,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { DocumentsSection } from '../documents/DocumentsSection';
import { FlagsSection } from '../flags/FlagsSection';
import { PeopleSection } from '../people/PeopleSection';
import { EdgesSection } from './EdgesSection';
import { SourceSection } from './SourceSection';

/** The entity's tab: all that is known of it, and how. */
export function EntityContent() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { value, loading, error, retry } = useEntityUnderstanding(entityRef);
  return (
    <Container>
      <Flex direction="column" gap="6" py="5">
        {loading && (
          <div role="status" aria-label="Loading">
            <Skeleton width="100%" height={240} />
          </div>
        )}
        {error && !loading && (
          <UnderstandingError error={error} retry={retry} />
        )}
        {value && !loading && (
          <>
            <FlagsSection flags={value.flags} />
            <PeopleSection understanding={value} />
            <DocumentsSection understanding={value} />
            <EdgesSection edges={value.edges} />
            <SourceSection source={value.source} />
          </>
        )}
      </Flex>
    </Container>
  );
}
