import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Container, Flex } from '@backstage/ui';
import { useState } from 'react';
import { ExplanationsSection } from './ExplanationsSection';
import { ReadingPathSection } from './walkthroughs/ReadingPathSection';
import { WalkthroughSection } from './walkthroughs/WalkthroughSection';

/** The entity's tab: how its changes are explained, and what people found of that. */
export function ExplanationsContent() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const [written, setWritten] = useState(0);
  return (
    <Container>
      <Flex direction="column" gap="6" py="5">
        <WalkthroughSection
          entityRef={entityRef}
          onChanged={() => setWritten(count => count + 1)}
        />
        <ReadingPathSection key={written} entityRef={entityRef} />
        <ExplanationsSection entityRef={entityRef} />
      </Flex>
    </Container>
  );
}
