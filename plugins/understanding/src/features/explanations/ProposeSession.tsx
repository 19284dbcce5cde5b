import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import { EvidenceForm } from '../people/EvidenceForm';

/** For a session that nobody has told of yet. */
export function ProposeSession(props: { entityRef: string }) {
  return (
    <Accordion>
      <AccordionTrigger title="It is not listed" />
      <AccordionPanel>
        <Flex direction="column" gap="3">
          <Text>
            Say who taught it and when. It is listed here once they confirm it,
            on the page on what is stored about them.
          </Text>
          <EvidenceForm entityRef={props.entityRef} kind="taught" />
        </Flex>
      </AccordionPanel>
    </Accordion>
  );
}
