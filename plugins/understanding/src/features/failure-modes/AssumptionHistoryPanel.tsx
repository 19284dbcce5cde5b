import { useApi } from '@backstage/core-plugin-api';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  Skeleton,
  Text,
} from '@backstage/ui';
import { Assumption } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Instant,
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { DifferenceList } from './DifferenceList';
import { Who } from './Who';

/** Every version of an assumption and what was found of it, once asked for. */
export function AssumptionHistoryPanel(props: { assumption: Assumption }) {
  const { assumption } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <Accordion isExpanded={isOpen} onExpandedChange={setOpen}>
      <AccordionTrigger>
        <Text variant="body-small">
          Version {assumption.version}, and those before it
        </Text>
      </AccordionTrigger>
      <AccordionPanel>
        {isOpen && <History assumption={assumption} />}
      </AccordionPanel>
    </Accordion>
  );
}

function History(props: { assumption: Assumption }) {
  const { id, version } = props.assumption;
  const api = useApi(understandingApiRef);
  const { error, retry, value } = useAsyncRetry(
    () => api.getAssumptionHistory(id),
    [api, id, version],
  );
  if (error) {
    return <UnderstandingError error={error} retry={retry} />;
  }
  if (!value) {
    return <Skeleton width="100%" height={48} />;
  }
  return (
    <Flex direction="column" gap="2">
      {value.items.map((one, index) => (
        <div key={one.version}>
          <Text>
            Version {one.version} <Instant at={one.at} /> <Who by={one.by} />
          </Text>
          {index < value.items.length - 1 ? (
            <DifferenceList
              differences={one.differences}
              before="Before"
              after="After"
            />
          ) : (
            one.version > 1 && (
              <Text as="p">Earlier versions were not kept.</Text>
            )
          )}
        </div>
      ))}
      {value.verifications.map(one => (
        <Text as="p" key={one.at}>
          <Instant at={one.at} />{' '}
          {one.result === 'refuted' ? 'it did not hold' : 'it still held'}
          {one.note && `: ${one.note}`} <Who by={one.by} />
        </Text>
      ))}
    </Flex>
  );
}
