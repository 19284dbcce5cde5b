import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Flex,
  Radio,
  RadioGroup,
  Text,
  TextField,
} from '@backstage/ui';
import {
  HandEvidence,
  HandKind,
  handKindSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { MinuteField } from '../failure-modes/InstantField';
import { useSaving } from '../failure-modes/useSaving';
import { PersonSelect } from './PersonSelect';

const KINDS: Record<HandKind, string> = {
  taught: 'Taught it to somebody',
  documented: 'Wrote down how it works',
};

/** Says who taught or documented an entity and when, which they have to confirm. */
export function EvidenceForm(props: {
  entityRef: string;
  /** What it was, where it can be nothing else. */
  kind?: HandKind;
}) {
  const { entityRef } = props;
  const api = useApi(understandingApiRef);
  const [kind, setKind] = useState<HandKind>(props.kind ?? 'taught');
  const [personRef, setPersonRef] = useState('');
  const [at, setAt] = useState('');
  const [url, setUrl] = useState('');
  const [said, setSaid] = useState<HandEvidence>();
  const { error, isSaving, save } = useSaving();
  return (
    <Flex direction="column" gap="3">
      {!props.kind && (
        <RadioGroup
          label="What they did"
          value={kind}
          onChange={value => setKind(handKindSchema.parse(value))}
        >
          {handKindSchema.options.map(one => (
            <Radio key={one} value={one}>
              {KINDS[one]}
            </Radio>
          ))}
        </RadioGroup>
      )}
      <PersonSelect
        label={kind === 'taught' ? 'Who taught it' : 'Who wrote it down'}
        personRef={personRef}
        onChange={setPersonRef}
      />
      <MinuteField label="When" isRequired value={at} onChange={setAt} />
      <TextField
        label="Where it can be seen"
        description="A recording or a page, if there is one."
        value={url}
        onChange={setUrl}
      />
      {error && <UnderstandingError error={error} title="This was not taken" />}
      <Flex align="center" gap="3">
        <Button
          variant="secondary"
          isPending={isSaving}
          isDisabled={personRef === '' || at === ''}
          onPress={() =>
            save(async () => {
              setSaid(undefined);
              setSaid(
                await api.proposeEvidence({
                  entityRef,
                  kind,
                  personRef,
                  at,
                  url: url.trim() || undefined,
                }),
              );
            })
          }
        >
          Ask them to confirm
        </Button>
        <Text role="status">{said ? outcome(said) : ''}</Text>
      </Flex>
    </Flex>
  );
}

/** Of oneself it counts at once. */
function outcome({ personRef, state }: HandEvidence): string {
  return state === 'confirmed'
    ? 'It counts as your own word.'
    : `${personRef} is asked to confirm it.`;
}
