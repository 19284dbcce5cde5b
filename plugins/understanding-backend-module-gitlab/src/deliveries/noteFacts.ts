import { HostFact } from '@understanding-dev/backstage-plugin-understanding-common';
import { z } from 'zod';
import { changeId, noteId, remarksId } from '../ids';
import { noteHookSchema } from './payloads';
import { Place, mergeRequestUrl } from './place';

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
  const { host, repository } = place;
  const change = changeId(host, mergeRequest.id);
  const url = mergeRequestUrl(place, mergeRequest.iid);
  const isTheirs = user.id === note.author_id;
  const comment: HostFact = {
    type: 'comment',
    host,
    repository,
    comment: {
      id: noteId(host, note.id),
      changeId: change,
      // A maintainer may edit a note of others; then nobody stands for what it says.
      author: isTheirs ? user.account : undefined,
      body: note.note,
      createdAt: note.created_at,
      updatedAt: note.updated_at,
      deleted: false,
      url: `${url}#note_${note.id}`,
    },
  };
  const isOnDiff = note.type === 'DiffNote' || Boolean(note.line_code);
  if (!isOnDiff || !isTheirs || note.author_id === mergeRequest.author_id) {
    return [comment];
  }
  return [
    comment,
    {
      type: 'review',
      host,
      repository,
      review: {
        id: remarksId(change, note.author_id),
        changeId: change,
        reviewer: user.account,
        verdict: 'commented',
        body: '',
        submittedAt: note.created_at,
        url,
      },
    },
  ];
}
