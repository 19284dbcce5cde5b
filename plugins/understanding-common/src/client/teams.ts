import {
  absenceOfGroupSchema,
  absenceResponseSchema,
  teamEntitiesSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { pathOf, search } from './requests';
import { Transport } from './Transport';

/** Asks what teams and systems stand on. */
export function teamsOf(transport: Transport) {
  return {
    listAbsence: (query = {}) =>
      transport.request(
        absenceResponseSchema,
        `/absence-factors${search(query)}`,
      ),
    getAbsence: async groupRef =>
      transport.request(
        absenceOfGroupSchema,
        pathOf(groupRef).replace('/entities/', '/absence-factors/'),
      ),
    listTeamEntities: async (teamRef, query) =>
      transport.request(
        teamEntitiesSchema,
        `${pathOf(teamRef).replace('/entities/', '/teams/')}/entities${search(
          query,
        )}`,
      ),
  } satisfies Partial<UnderstandingApi>;
}
