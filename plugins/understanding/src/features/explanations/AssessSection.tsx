import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Checkbox,
  Flex,
  Radio,
  RadioGroup,
  Text,
  TextAreaField,
} from '@backstage/ui';
import {
  AssessmentResult,
  ExplanationRecord,
  Rubric,
  assessmentResultSchema,
  understandingExplanationAssessPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { Section } from '../entities/Section';
import { useSaving } from '../failure-modes/useSaving';
import { RESULTS, RUBRIC } from './words';

const NOTHING_FOUND: Rubric = {
  mechanism: false,
  conditionAndEffect: false,
  alternativeRejected: false,
  observableSign: false,
};

/** Says whether an explanation shows understanding, for whoever may. */
export function AssessSection(props: {
  record: ExplanationRecord;
  onAssessed: () => void;
}) {
  const { onAssessed, record } = props;
  const { allowed, loading } = usePermission({
    permission: understandingExplanationAssessPermission,
  });
  const why = whyNot(record, allowed);
  if (loading) {
    return null;
  }
  return (
    <Section title="Assess it">
      {why ? (
        <Text>{why}</Text>
      ) : (
        // What was said of one head or text is not said of the next.
        <Form
          key={`${record.change?.headSha} ${record.versions[0]?.at} ${record.assessments[0]?.id}`}
          record={record}
          onAssessed={onAssessed}
        />
      )}
    </Section>
  );
}

function whyNot(
  { hadPart, text }: ExplanationRecord,
  allowed: boolean,
): string | undefined {
  if (!text) {
    return 'There is no whole explanation to assess yet.';
  }
  if (hadPart) {
    return 'You had a part in this change or its explanation; somebody else has to assess it.';
  }
  return allowed
    ? undefined
    : 'You lack the permission understanding.explanation.assess; ask whoever runs this Backstage.';
}

function Form(props: { record: ExplanationRecord; onAssessed: () => void }) {
  const { onAssessed, record } = props;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const [result, setResult] = useState<AssessmentResult>();
  const [rubric, setRubric] = useState(NOTHING_FOUND);
  const [note, setNote] = useState('');
  const submit = () =>
    save(async () => {
      if (result) {
        await api.assessExplanation(record.id, {
          result,
          rubric,
          note: note.trim() || undefined,
          headSha: record.change?.headSha,
        });
        onAssessed();
      }
    });
  return (
    <Flex direction="column" gap="3">
      <div role="group" aria-label="What it names">
        <Flex direction="column" gap="2">
          {(Object.keys(RUBRIC) as Array<keyof Rubric>).map(key => (
            <Checkbox
              key={key}
              isSelected={rubric[key]}
              onChange={value => setRubric({ ...rubric, [key]: value })}
            >
              {RUBRIC[key]}
            </Checkbox>
          ))}
        </Flex>
      </div>
      <RadioGroup
        label="What did you find?"
        value={result ?? ''}
        onChange={value => setResult(assessmentResultSchema.parse(value))}
      >
        {assessmentResultSchema.options.map(id => (
          <Radio key={id} value={id}>
            {RESULTS[id].label}: {RESULTS[id].meaning}
          </Radio>
        ))}
      </RadioGroup>
      <TextAreaField
        label="Note"
        description="Best a question to the author."
        rows={3}
        value={note}
        onChange={setNote}
      />
      {error && <UnderstandingError error={error} title="This was not taken" />}
      <Flex>
        <Button
          variant="primary"
          isDisabled={!result}
          isPending={isSaving}
          onPress={submit}
        >
          Assess
        </Button>
      </Flex>
    </Flex>
  );
}
