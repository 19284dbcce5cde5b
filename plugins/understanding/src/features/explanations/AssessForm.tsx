import {
  Button,
  Checkbox,
  Flex,
  Radio,
  RadioGroup,
  TextAreaField,
} from '@backstage/ui';
import {
  AssessmentResult,
  Rubric,
  assessmentResultSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { useSaving } from '../failure-modes/useSaving';
import { RESULTS, RUBRIC } from './words';

const NOTHING_FOUND: Rubric = {
  mechanism: false,
  conditionAndEffect: false,
  alternativeRejected: false,
  observableSign: false,
};

/** What a reviewer found, with the four points of the rubric. */
export function AssessForm(props: {
  assess: (found: {
    result: AssessmentResult;
    rubric: Rubric;
    note?: string;
  }) => Promise<void>;
}) {
  const { error, isSaving, save } = useSaving();
  const [result, setResult] = useState<AssessmentResult>();
  const [rubric, setRubric] = useState(NOTHING_FOUND);
  const [note, setNote] = useState('');
  const submit = () =>
    save(async () => {
      if (result) {
        await props.assess({ result, rubric, note: note.trim() || undefined });
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
        // Anything else would be a choice that is not there, and no key would lead in.
        value={result ?? null}
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
