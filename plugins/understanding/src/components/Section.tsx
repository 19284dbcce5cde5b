import { Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';
import { ReactNode, useId } from 'react';
import styles from './Section.module.css';

/** A part of a page or tab under a heading of its own. */
export function Section(props: {
  title: string;
  label?: ReactNode;
  children: ReactNode;
}) {
  const { title, label, children } = props;
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Card>
        <CardHeader>
          <Flex align="center" gap="2">
            <Text as="h2" variant="title-x-small" id={id}>
              {title}
            </Text>
            {label}
          </Flex>
        </CardHeader>
        <CardBody className={styles.body}>
          <Flex direction="column" gap="3">
            {children}
          </Flex>
        </CardBody>
      </Card>
    </section>
  );
}
