import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { noteId, remarksId } from '../ids';
import { changeFact } from './mergeRequestFacts';
import { noteHookSchema } from './payloads';
import { Place } from './place';

/** What a note on a merge request tells; a string says why it is nothing. */
export function noteFacts(
  hook: z.output<typeof noteHookSchema>,
  place: Place,
): HostFact[] | string {
  const { object_attributes: note, merge_request: mergeRequest, user } = hook;
  if (note.system) {
    return 'GitLab wrote the note itself';
  }
  if (note.internal) {
    return 'Internal notes are not for everybody who may see the merge request';
  }
  const told = changeFact(mergeRequest, place, { people: [user] });
  if (!told) {
    return 'The merge request has no commits';
  }
  const { change } = told;
  const isTheirs = user.id === note.author_id;
  const facts: HostFact[] = [
    told,
    {
      type: 'comment',
      comment: {
        id: noteId(place.host, note.id),
        changeId: change.id,
        // A maintainer may edit a note of others; then nobody stands for what it says.
        author: isTheirs ? user.account : undefined,
        body: note.note,
        createdAt: note.created_at,
        updatedAt: note.updated_at,
        deleted: false,
        url: `${change.url}#note_${note.id}`,
      },
    },
  ];
  const isOnDiff = note.type === 'DiffNote' || Boolean(note.line_code);
  if (!isOnDiff || !isTheirs || note.author_id === mergeRequest.author_id) {
    return facts;
  }
  return [
    ...facts,
    {
      type: 'review',
      review: {
        id: remarksId(change.id, note.author_id),
        changeId: change.id,
        reviewer: user.account,
        verdict: 'commented',
        body: '',
        submittedAt: note.created_at,
        url: change.url,
      },
    },
  ];
}
