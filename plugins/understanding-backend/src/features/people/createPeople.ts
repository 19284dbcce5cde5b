import type { Stores } from '../../createStores';
import { UnderstandingConfig } from '../../config';
import { TicketHandler } from '../../database/TicketWorker';
import { Access } from '../../permissions/Access';
import type { KnownEntityReader } from '../entities/KnownEntityReader';
import { AboutMeService } from './AboutMeService';
import { AbsenceStore } from './AbsenceStore';
import { ErasureService } from './ErasureService';
import { EvidenceExpiry } from './EvidenceExpiry';
import { IdentityLists } from './IdentityLists';
import { IdentityService } from './IdentityService';
import { PersonEraser } from './PersonEraser';
import { StatementService } from './StatementService';
import { TeamService } from './TeamService';

/** What people say of themselves and of one another, and what is kept about them. */
export interface PeopleServices {
  readonly aboutMe: AboutMeService;
  readonly erasures: ErasureService;
  readonly identities: IdentityService;
  readonly statements: StatementService;
  readonly teams: TeamService;
}

/** Puts together what is about people. */
export function createPeople(
  options: Stores & {
    access: Access;
    config: UnderstandingConfig;
    known: KnownEntityReader;
  },
): { services: PeopleServices; handlers: TicketHandler[] } {
  const { knex } = options;
  const { settings } = options.config;
  return {
    handlers: [PersonEraser.create(options), EvidenceExpiry.create(options)],
    services: {
      aboutMe: AboutMeService.create(options),
      erasures: ErasureService.create(options),
      identities: IdentityService.create({
        ...options,
        lists: IdentityLists.create({ knex }),
      }),
      statements: StatementService.create({ ...options, settings }),
      teams: TeamService.create({
        ...options,
        absence: AbsenceStore.create({ knex }),
      }),
    },
  };
}
