import { useApi } from '@backstage/core-plugin-api';
import { Button, Flex, Text, TextAreaField } from '@backstage/ui';
import { MailmapReading } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { Section } from '../../components/Section';
import { useSaving } from '../failure-modes/useSaving';

/** Shows what a `.mailmap` would link, and links it when that is confirmed. */
export function MailmapSection(props: { onLinked: () => void }) {
  const { onLinked } = props;
  const api = useApi(understandingApiRef);
  const [text, setText] = useState('');
  const [reading, setReading] = useState<MailmapReading>();
  const { save, isSaving, error } = useSaving();
  const write = (value: string) => {
    setText(value);
    setReading(undefined);
  };
  const confirm = (items: MailmapReading['items']) =>
    save(async () => {
      await api.decideIdentities({
        decisions: items.map(({ identifier, personRef }) => ({
          identifier,
          personRef,
          state: 'confirmed',
          fromMailmap: true,
        })),
      });
      write('');
      onLinked();
    });
  return (
    <Section title="From a .mailmap">
      <Text>
        Those in repositories are heeded when their histories are read. This is
        for one that is in none.
      </Text>
      <TextAreaField
        label="Its lines"
        rows={6}
        value={text}
        onChange={write}
        placeholder="Ada Okafor <ada@acme.example> <ada@home.example>"
      />
      <div>
        <Button
          variant="secondary"
          isDisabled={text.trim() === '' || isSaving}
          onPress={() =>
            void save(async () => setReading(await api.readMailmap({ text })))
          }
        >
          Show what it would link
        </Button>
      </div>
      {error && <UnderstandingError error={error} />}
      {reading && (
        <div role="status">
          <Reading reading={reading} />
        </div>
      )}
      {reading && reading.items.length > 0 && (
        <div>
          <Button
            isDisabled={isSaving}
            onPress={() => void confirm(reading.items)}
          >
            {`Link ${countOf(reading.items.length)}`}
          </Button>
        </div>
      )}
    </Section>
  );
}

function Reading(props: { reading: MailmapReading }) {
  const { items, left, unknown, shared, unusableLines } = props.reading;
  return (
    <Flex direction="column" gap="2">
      {items.length === 0 ? (
        <Text>
          It would link nothing: no address that is nobody’s yet becomes one of
          a User.
        </Text>
      ) : (
        <>
          <Text>It would link {countOf(items.length)}:</Text>
          <ul>
            {items.map(one => (
              <li key={one.identifier.value}>
                {one.identifier.value} ({one.name}) to {one.displayName}
              </li>
            ))}
          </ul>
        </>
      )}
      {left > 0 && (
        <Text>Shown when these are linked: {countOf(left)} more.</Text>
      )}
      {unknown > 0 && (
        <Text>
          {countOf(unknown)} would become what no User of the catalog has.
        </Text>
      )}
      {shared > 0 && (
        <Text>
          {countOf(shared)} would become what several Users have; the
          contradictions say which.
        </Text>
      )}
      {unusableLines.length > 0 && (
        <Text>
          git makes nothing of {linesOf(unusableLines)}: an address stands in
          angle brackets.
        </Text>
      )}
    </Flex>
  );
}

function linesOf(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? 'line' : 'lines'} ${numbers.join(', ')}`;
}

function countOf(count: number): string {
  return count === 1 ? '1 address' : `${count} addresses`;
}
