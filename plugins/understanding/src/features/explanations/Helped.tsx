import { Flex, Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { Readings } from '@understanding-dev/backstage-plugin-understanding-common';
import { UnderstandingError } from '@understanding-dev/backstage-plugin-understanding-react';
import { useSaving } from '../failure-modes/useSaving';

const YES = 'helped';
const NO = 'not-helped';

/** Asks whether a record helped; that weighs on the record, and on nobody. */
export function Helped(props: {
  readings: Readings;
  say: (helped: boolean) => Promise<void>;
}) {
  const { readings, say } = props;
  const { error, isSaving, save } = useSaving();
  const { mine } = readings;
  return (
    <Flex direction="column" gap="2">
      <div>
        <ToggleButtonGroup
          aria-label="Did this help you?"
          selectionMode="single"
          isDisabled={isSaving}
          selectedKeys={mine === undefined ? [] : [mine ? YES : NO]}
          onSelectionChange={keys => {
            const [key] = [...keys];
            return key && save(() => say(key === YES));
          }}
        >
          <ToggleButton id={YES}>This helped me</ToggleButton>
          <ToggleButton id={NO}>This did not help me</ToggleButton>
        </ToggleButtonGroup>
      </div>
      <Text>{inWords(readings)}</Text>
      {error && <UnderstandingError error={error} title="This was not taken" />}
    </Flex>
  );
}

function inWords({ helped, notHelped }: Readings): string {
  if (helped + notHelped === 0) {
    return 'No reader has said yet. It weighs on the record, never on its author.';
  }
  return `It helped ${helped} of ${helped + notHelped} readers who said so.`;
}
