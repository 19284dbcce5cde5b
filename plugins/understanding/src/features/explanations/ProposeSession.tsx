import { useApi } from '@backstage/core-plugin-api';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Button,
  Flex,
  Text,
  TextField,
} from '@backstage/ui';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { MinuteField } from '../failure-modes/InstantField';
import { useSaving } from '../failure-modes/useSaving';
import { PersonSelect } from '../people/PersonSelect';

/** Says who taught an entity and when, which they have to confirm. */
export function ProposeSession(props: { entityRef: string }) {
  const { entityRef } = props;
  const api = useApi(understandingApiRef);
  const [personRef, setPersonRef] = useState('');
  const [at, setAt] = useState('');
  const [url, setUrl] = useState('');
  const [asked, setAsked] = useState<string>();
  const { error, isSaving, save } = useSaving();
  return (
    <Accordion>
      <AccordionTrigger title="It is not listed" />
      <AccordionPanel>
        <Flex direction="column" gap="3">
          <Text>
            Say who taught it and when. It is listed here once they confirm it,
            on the page on what is stored about them.
          </Text>
          <PersonSelect
            label="Who taught it"
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
          {error && (
            <UnderstandingError error={error} title="This was not taken" />
          )}
          <Flex align="center" gap="3">
            <Button
              variant="secondary"
              isPending={isSaving}
              isDisabled={personRef === '' || at === ''}
              onPress={() =>
                save(async () => {
                  setAsked(undefined);
                  await api.proposeEvidence({
                    entityRef,
                    kind: 'taught',
                    personRef,
                    at,
                    url: url.trim() || undefined,
                  });
                  setAsked(personRef);
                })
              }
            >
              Ask them to confirm
            </Button>
            <Text role="status">
              {asked ? `${asked} is asked to confirm it.` : ''}
            </Text>
          </Flex>
        </Flex>
      </AccordionPanel>
    </Accordion>
  );
}
