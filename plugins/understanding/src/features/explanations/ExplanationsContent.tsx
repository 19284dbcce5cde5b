import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Container, Flex } from '@backstage/ui';
import { ExplanationsSection } from './ExplanationsSection';
import { ReadingPathSection } from './walkthroughs/ReadingPathSection';
import { WalkthroughSection } from './walkthroughs/WalkthroughSection';

/** The entity's tab: how its changes are explained, and what people found of that. */
export function ExplanationsContent() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  return (
    <Container>
      <Flex direction="column" gap="6" py="5">
        <WalkthroughSection entityRef={entityRef} />
        <ReadingPathSection entityRef={entityRef} />
        <ExplanationsSection entityRef={entityRef} />
      </Flex>
    </Container>
  );
}
