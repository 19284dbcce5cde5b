import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import {
  ExplanationRecord,
  understandingExplanationCreatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Section } from '../../components/Section';
import { explainRouteRef } from '../../routes';
import { ExplanationText } from './ExplanationText';

/** The text that stands, or what there is of one. */
export function TextSection(props: { record: ExplanationRecord }) {
  const { record } = props;
  const explainPath = useRouteRef(explainRouteRef)();
  const { allowed } = usePermission({
    permission: understandingExplanationCreatePermission,
  });
  const sections = record.text ?? record.versions[0]?.sections ?? {};
  const isEmpty = Object.values(sections).every(text => !text);
  return (
    <Section title="Explanation">
      {isEmpty ? (
        <Text>Nothing is written yet.</Text>
      ) : (
        <ExplanationText sections={sections} />
      )}
      {allowed && (
        <Flex>
          <ButtonLink
            variant="secondary"
            href={`${explainPath}?explanation=${encodeURIComponent(record.id)}`}
          >
            {isEmpty ? 'Write it here' : 'Write another version'}
          </ButtonLink>
        </Flex>
      )}
    </Section>
  );
}
