import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Alert,
  Button,
  CheckboxGroup,
  Checkbox,
  Link,
  Radio,
  RadioGroup,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  ExplanationPolicyResponse,
  ExplanationRecord,
  ExplanationSection,
  aiAssistanceSchema,
  explanationSectionSchema,
  planeSchema,
  sectionNames,
  understandingExplanationCreatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { useNavigate } from 'react-router-dom';
import { Section } from '../../components/Section';
import { WrappingRow } from '../../components/WrappingRow';
import { explanationRouteRef } from '../../routes';
import { PLANES } from '../failure-modes/words';
import { CopyButton } from './CopyButton';
import { DraftReading, DraftStatus } from './DraftStatus';
import { EntitiesSelect } from './EntitiesSelect';
import styles from './Explanations.module.css';
import { ExplanationText } from './ExplanationText';
import { useExplainForm } from './useExplainForm';
import { AI_ASSISTANCE, changeName } from './words';

/** What each section should say. */
const ASKS: Record<ExplanationSection, string> = {
  what: 'The mechanism, in your own words: what happens now that did not happen before, and where.',
  howItFails:
    'A condition and what is seen then: a dependency is down, slow, or answers with wrong data; data of an older version; twice the load.',
  why: 'What else you considered, and why you rejected it.',
  operate:
    'If there is anything to know: a switch, a limit, what to do at night, how to roll back.',
  expected:
    'A sign that can be observed: a metric, a log line, a number that changes.',
};

/** Writes an explanation, with what it will look like; drafts are kept. */
export function ExplainForm(props: {
  record?: ExplanationRecord;
  entityRefs: readonly string[];
  headings: ExplanationPolicyResponse['headings'];
}) {
  const { entityRefs, headings, record } = props;
  const explanationPath = useRouteRef(explanationRouteRef);
  const navigate = useNavigate();
  const { allowed, loading } = usePermission({
    permission: understandingExplanationCreatePermission,
  });
  const form = useExplainForm({
    record,
    entityRefs,
    headings,
    onSubmitted: id => navigate(explanationPath({ id })),
  });
  const { draft, set } = form;
  if (!form.isReady) {
    return <DraftReading drafting={form} />;
  }
  return (
    <>
      {!allowed && !loading && (
        <Alert
          status="warning"
          icon
          title="You may not submit an explanation here"
          description="You lack the permission understanding.explanation.create; ask whoever runs this Backstage. What you write can be copied for the description of a change."
        />
      )}
      <Section title="What it is of">
        <Subject form={form} isFixed={record !== undefined} />
        <CheckboxGroup
          label="Planes"
          orientation="horizontal"
          value={draft.planes}
          onChange={planes =>
            set({ planes: planeSchema.array().parse(planes) })
          }
        >
          {planeSchema.options.map(id => (
            <Checkbox key={id} value={id}>
              {PLANES[id]}
            </Checkbox>
          ))}
        </CheckboxGroup>
        <RadioGroup
          label="AI assistance"
          description="It is never held against you."
          orientation="horizontal"
          value={draft.aiAssistance}
          onChange={value =>
            set({ aiAssistance: aiAssistanceSchema.parse(value) })
          }
        >
          {aiAssistanceSchema.options.map(id => (
            <Radio key={id} value={id}>
              {AI_ASSISTANCE[id]}
            </Radio>
          ))}
        </RadioGroup>
      </Section>
      <Section title="Text">
        <Text>Markdown. The first three parts are needed.</Text>
        {explanationSectionSchema.options.map((section, index) => (
          <TextAreaField
            key={section}
            label={sectionNames[section]}
            description={ASKS[section]}
            isRequired={index < 3}
            rows={4}
            value={draft[section]}
            onChange={text => set({ [section]: text })}
          />
        ))}
      </Section>
      <Section title="Preview">
        <ExplanationText sections={form.sections} />
      </Section>
      {form.problem && (
        <UnderstandingError
          error={form.problem}
          title="The draft is not kept"
        />
      )}
      {form.error && (
        <UnderstandingError error={form.error} title="This was not taken" />
      )}
      <WrappingRow>
        {allowed && (
          <Button
            variant="primary"
            isPending={form.isSaving}
            onPress={form.submit}
          >
            Submit
          </Button>
        )}
        <CopyButton label="Copy for the description" text={form.description} />
        <DraftStatus drafting={form} />
      </WrappingRow>
    </>
  );
}

function Subject(props: {
  form: ReturnType<typeof useExplainForm>;
  isFixed: boolean;
}) {
  const { isFixed } = props;
  const { draft, isWrongUrl, knownChange, set } = props.form;
  return (
    <>
      {!isFixed && (
        <TextField
          label="Pull or merge request"
          description={
            isWrongUrl
              ? 'This is no address of a pull or merge request.'
              : 'Its address; leave it empty to explain entities without one.'
          }
          isInvalid={isWrongUrl}
          value={draft.url}
          onChange={url => set({ url })}
        />
      )}
      {knownChange && (
        <div className={styles.prose}>
          <Link href={knownChange.url}>
            {knownChange.title ?? changeName(knownChange)}
          </Link>
          <Text as="div" variant="body-small">
            At <code>{knownChange.headSha.slice(0, 12)}</code>
          </Text>
        </div>
      )}
      {!isFixed && !knownChange && draft.url.trim() !== '' && !isWrongUrl && (
        <TextField
          label="Its latest commit"
          description="The whole hash; nobody has told of this request yet."
          value={draft.headSha}
          onChange={headSha => set({ headSha })}
        />
      )}
      <EntitiesSelect
        entityRefs={draft.entityRefs}
        onChange={entityRefs => set({ entityRefs })}
      />
    </>
  );
}
