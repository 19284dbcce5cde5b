import { useApi } from '@backstage/core-plugin-api';
import { Button, Text, TextAreaField } from '@backstage/ui';
import { Walkthrough } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { z } from 'zod';
import { WrappingRow } from '../../../components/WrappingRow';
import { useSaving } from '../../failure-modes/useSaving';
import { draftKey } from '../drafts';
import { DraftReading, DraftStatus } from '../DraftStatus';
import { useDraft } from '../useDraft';
import { Answers } from './Answers';

/** Answers by the keys of their questions. */
const draftSchema = z.record(z.string(), z.string());

/** Writes a walkthrough, or another version of one; drafts are kept. */
export function WalkthroughForm(props: {
  walkthrough: Walkthrough;
  close: () => void;
  onWritten: () => void;
}) {
  const { close, onWritten, walkthrough } = props;
  const { entityRef, questions, versions } = walkthrough;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const drafting = useDraft(
    draftSchema,
    draftKey({ type: 'walkthrough', entityRef }),
    Object.fromEntries(
      (versions[0]?.answers ?? []).map(({ answer, key }) => [key, answer]),
    ),
  );
  const { draft, isReady, set, throwAway } = drafting;
  const answers = questions.map(({ key, question }) => ({
    key,
    question,
    answer: draft[key] ?? '',
  }));
  const submit = () =>
    save(async () => {
      await api.writeWalkthrough(entityRef, {
        readVersion: versions[0]?.version ?? 0,
        answers,
      });
      await throwAway();
      onWritten();
    });
  if (!isReady) {
    return <DraftReading drafting={drafting} />;
  }
  return (
    <>
      <Text>
        Markdown. Each question is filled in from the graph as it is now.
      </Text>
      {questions.map(({ key, question, reason }) => (
        <TextAreaField
          key={key}
          label={question}
          description={reason}
          isRequired
          rows={4}
          value={draft[key] ?? ''}
          onChange={text => set({ [key]: text })}
        />
      ))}
      <Text as="h3" weight="bold">
        Preview
      </Text>
      <Answers answers={answers.filter(one => one.answer.trim() !== '')} />
      {drafting.problem && (
        <UnderstandingError
          error={drafting.problem}
          title="The draft is not kept"
        />
      )}
      {error && <UnderstandingError error={error} title="This was not taken" />}
      <WrappingRow>
        <Button variant="primary" isPending={isSaving} onPress={submit}>
          Submit
        </Button>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
        <DraftStatus drafting={drafting} />
      </WrappingRow>
    </>
  );
}
