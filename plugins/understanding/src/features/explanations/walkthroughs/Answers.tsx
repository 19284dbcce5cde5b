import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import { WalkthroughAnswer } from '@understanding-dev/backstage-plugin-understanding-common';
import { Prose } from '@understanding-dev/backstage-plugin-understanding-react';
import styles from '../Explanations.module.css';

/** Questions with their answers, as they were asked. */
export function Answers(props: { answers: readonly WalkthroughAnswer[] }) {
  return (
    <>
      {props.answers.map(({ answer, key, question }) => (
        <Accordion key={key} defaultExpanded>
          <AccordionTrigger title={question} />
          <AccordionPanel>
            <div className={styles.prose}>
              <Prose text={answer} />
            </div>
          </AccordionPanel>
        </Accordion>
      ))}
    </>
  );
}
