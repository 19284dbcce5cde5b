import { useApi } from '@backstage/core-plugin-api';
import { Button, Flex, Text, TextField } from '@backstage/ui';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { Section } from '../../components/Section';
import { useSaving } from '../failure-modes/useSaving';

/** Links a User whom the catalog no longer has to what they are called now. */
export function RenameSection(props: { onDecided: () => void }) {
  const { onDecided } = props;
  const api = useApi(understandingApiRef);
  const [before, setBefore] = useState('');
  const [now, setNow] = useState('');
  const { save, isSaving, error } = useSaving();
  const decide = (state: 'confirmed' | 'refused') =>
    save(async () => {
      await api.decideIdentities({
        decisions: [
          {
            identifier: { type: 'user', value: refOf(before) },
            personRef: refOf(now),
            state,
          },
        ],
      });
      setBefore('');
      setNow('');
      onDecided();
    });
  const isDisabled = isSaving || before.trim() === '' || now.trim() === '';
  return (
    <Section title="Called otherwise now">
      <Text>
        What people said themselves follows them where one User alone has the
        address or the accounts that they had. Where the catalog does not tell,
        say it here, or say that it is somebody else.
      </Text>
      <Flex gap="2">
        <TextField
          label="User who is no longer in the catalog"
          placeholder="user:default/ada"
          value={before}
          onChange={setBefore}
        />
        <TextField
          label="User now"
          placeholder="user:default/ada.king"
          value={now}
          onChange={setNow}
        />
      </Flex>
      <Flex gap="2">
        <Button
          isDisabled={isDisabled}
          onPress={() => void decide('confirmed')}
        >
          The same person
        </Button>
        <Button
          variant="secondary"
          isDisabled={isDisabled}
          onPress={() => void decide('refused')}
        >
          Somebody else
        </Button>
      </Flex>
      {error && <UnderstandingError error={error} />}
    </Section>
  );
}

/** As references are compared; a name alone is of the default namespace. */
function refOf(text: string): string {
  const ref = text.trim().toLowerCase();
  return ref.includes(':') ? ref : `user:default/${ref}`;
}
