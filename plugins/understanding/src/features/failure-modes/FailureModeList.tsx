import { useApi } from '@backstage/core-plugin-api';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Alert,
  Badge,
  Button,
  Flex,
  Link,
  Text,
} from '@backstage/ui';
import {
  Edge,
  FailureMode,
  FailureModeFileState,
  findDependency,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Prose,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { download } from './download';
import styles from './FailureModes.module.css';
import { FailureModeHistory } from './FailureModeHistory';
import { FailureTests } from './FailureTests';
import { useSaving } from './useSaving';
import { ANSWERS, CONDITIONS, EFFECTS, OBSERVATIONS, PLANES } from './words';

/** What is said of the ways in which an entity fails, with its tests and versions. */
export function FailureModeList(props: {
  entityRef: string;
  modes: readonly FailureMode[];
  totalModes: number;
  edges: readonly Edge[];
  file?: FailureModeFileState;
  onAdd: () => void;
  onEdit: (mode: FailureMode) => void;
  onChanged: () => void;
}) {
  const { edges, entityRef, file, modes, onAdd, onChanged, onEdit } = props;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const fileWins = file && modes.some(mode => mode.origin === 'file');
  return (
    <Section title="Failure modes">
      {file && <FileNotice file={file} />}
      <Flex gap="2">
        {!fileWins && (
          <Button variant="primary" onPress={onAdd}>
            Describe a failure mode
          </Button>
        )}
        {modes.length > 0 && (
          <Button
            variant="secondary"
            isPending={isSaving}
            onPress={() =>
              save(async () =>
                download(
                  'failure-modes.yaml',
                  'application/yaml',
                  await api.exportFailureModes(entityRef),
                ),
              )
            }
          >
            Export as YAML
          </Button>
        )}
      </Flex>
      {error && <UnderstandingError error={error} />}
      {modes.length === 0 && (
        <Text>
          Nobody has described yet how it fails. Begin with what it cannot do
          without.
        </Text>
      )}
      {modes.map(mode => (
        <Accordion key={mode.id}>
          <AccordionTrigger>
            <Flex direction="column" gap="1">
              <Text weight="bold">{mode.title}</Text>
              <Text variant="body-small">{subtitleOf(mode, edges)}</Text>
            </Flex>
          </AccordionTrigger>
          <AccordionPanel>
            <Details
              mode={mode}
              onEdit={mode.origin === 'page' && !fileWins ? onEdit : undefined}
              onChanged={onChanged}
            />
          </AccordionPanel>
        </Accordion>
      ))}
      {props.totalModes > modes.length && (
        <Text>{props.totalModes - modes.length} older ones are not shown.</Text>
      )}
    </Section>
  );
}

function FileNotice(props: { file: FailureModeFileState }) {
  const { commit, path, problem, repository } = props.file;
  const at = `${path} of ${repository}, at commit ${commit.slice(0, 10)}`;
  if (!problem) {
    return (
      <Alert
        status="info"
        icon
        title="These are kept in the repository"
        description={`They come from ${at}. The file wins over what is written here: change it there.`}
      />
    );
  }
  const place = [
    problem.line && `line ${problem.line}`,
    problem.field && `field ${problem.field}`,
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title="The file in the repository cannot be read"
      description={`${at}: ${place ? `${place}: ` : ''}${
        problem.message
      }. What was taken before stays.`}
    />
  );
}

function subtitleOf(mode: FailureMode, edges: readonly Edge[]): string {
  const edge = mode.edge && findDependency(edges, mode.edge.targetRef);
  return [
    `${mode.criticality} criticality`,
    mode.edge &&
      (edge
        ? edge.targetTitle ?? edge.targetRef
        : `${mode.edge.targetRef}, no dependency at present`),
    mode.condition && CONDITIONS[mode.condition].toLowerCase(),
    mode.superseded && 'superseded by the file',
  ]
    .filter(Boolean)
    .join(' · ');
}

function Details(props: {
  mode: FailureMode;
  onEdit?: (mode: FailureMode) => void;
  onChanged: () => void;
}) {
  const { mode, onChanged, onEdit } = props;
  const api = useApi(understandingApiRef);
  const { error, isSaving, save } = useSaving();
  const observed = Object.entries(OBSERVATIONS)
    .filter(([key]) => mode.observations[key as keyof typeof OBSERVATIONS])
    .map(([, words]) => words);
  return (
    <Flex direction="column" gap="4">
      <Flex gap="2" align="center">
        <Badge>{PLANES[mode.plane]} plane</Badge>
        <Text>
          Severity {mode.severity}, likelihood {mode.likelihood}:{' '}
          {observed.join('; ') || 'nothing was observed'}.
        </Text>
      </Flex>
      <dl className={styles.facts}>
        {Object.entries({ ...EFFECTS, ...ANSWERS }).map(([field, words]) => {
          const text = mode[field as keyof typeof EFFECTS];
          return [
            <dt key={`${field} name`}>{words}</dt>,
            <dd key={field}>
              {text ? <Prose text={text} /> : 'Nothing is said.'}
            </dd>,
          ];
        })}
        {mode.evidence && mode.evidence.length > 0 && (
          <>
            <dt>Evidence</dt>
            <dd>
              {mode.evidence.map(({ url, title }) => (
                <div key={url}>
                  <Link href={url}>{title}</Link>
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
      {onEdit && (
        <Flex gap="2">
          <Button variant="secondary" onPress={() => onEdit(mode)}>
            Change
          </Button>
          <Button
            variant="tertiary"
            isPending={isSaving}
            onPress={() =>
              save(async () => {
                await api.removeFailureMode(mode.id, mode.version);
                onChanged();
              })
            }
          >
            Remove
          </Button>
        </Flex>
      )}
      {error && <UnderstandingError error={error} />}
      <FailureTests mode={mode} onChanged={onChanged} />
      <FailureModeHistory mode={mode} />
    </Flex>
  );
}
