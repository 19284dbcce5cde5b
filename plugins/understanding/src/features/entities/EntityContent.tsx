import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Container, Flex, Skeleton } from '@backstage/ui';
import {
  UnderstandingError,
  useEntityUnderstanding,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { understandingTranslationRef } from '../../translation';
import { DocumentsSection } from '../documents/DocumentsSection';
import { FlagsSection } from '../flags/FlagsSection';
import { AbsenceSection } from '../people/AbsenceSection';
import { PeopleSection } from '../people/PeopleSection';
import { TeamContent } from '../people/TeamContent';
import { EdgesSection } from './EdgesSection';
import { SourceSection } from './SourceSection';

/** The tab of an entity or a team: all that is known of it, and how. */
export function EntityContent() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  return (
    <Container>
      <Flex direction="column" gap="6" py="5">
        {entity.kind.toLowerCase() === 'group' ? (
          <TeamContent teamRef={entityRef} />
        ) : (
          <Sections entityRef={entityRef} />
        )}
        {entity.kind.toLowerCase() === 'system' && (
          <AbsenceSection groupRef={entityRef} />
        )}
      </Flex>
    </Container>
  );
}

function Sections(props: { entityRef: string }) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const { value, loading, error, retry } = useEntityUnderstanding(
    props.entityRef,
  );
  return (
    <>
      {loading && (
        <div role="status" aria-label={t('loading')}>
          <Skeleton width="100%" height={240} />
        </div>
      )}
      {error && !loading && <UnderstandingError error={error} retry={retry} />}
      {value && !loading && (
        <>
          <FlagsSection flags={value.flags} />
          <PeopleSection understanding={value} />
          <DocumentsSection understanding={value} />
          <EdgesSection edges={value.edges} />
          <SourceSection source={value.source} />
        </>
      )}
    </>
  );
}
