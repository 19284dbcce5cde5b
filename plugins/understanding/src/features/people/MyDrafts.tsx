import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Button, Link, Text } from '@backstage/ui';
import { KeptDraft } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';
import { Section } from '../../components/Section';
import { WrappingRow } from '../../components/WrappingRow';
import { explainRouteRef } from '../../routes';
import { readDraftKey } from '../explanations/drafts';

/** What whoever looks has written and not submitted. */
export function MyDrafts(props: {
  drafts: readonly KeptDraft[];
  isSaving: boolean;
  onRemove: (key: string) => void;
}) {
  const { drafts, isSaving, onRemove } = props;
  if (drafts.length === 0) {
    return null;
  }
  return (
    <Section title="Drafts">
      <Text>
        What you wrote and did not submit. Nobody else can read it. It is
        removed when you submit it, and when you have not gone on with it for
        long.
      </Text>
      {drafts.map(({ key, savedAt }) => (
        <WrappingRow key={key}>
          <div>
            <Text as="div">
              <What draftKey={key} />
            </Text>
            <Text as="div" variant="body-small">
              Last saved on <Instant at={savedAt} />
            </Text>
          </div>
          <Button
            size="small"
            variant="secondary"
            aria-label={`Remove: ${key}`}
            isDisabled={isSaving}
            onPress={() => onRemove(key)}
          >
            Remove
          </Button>
        </WrappingRow>
      ))}
    </Section>
  );
}

function What(props: { draftKey: string }) {
  const explainPath = useRouteRef(explainRouteRef)();
  const of = readDraftKey(props.draftKey);
  switch (of?.type) {
    case 'explanation':
      return (
        <Link href={`${explainPath}?explanation=${encodeURIComponent(of.id)}`}>
          Another version of an explanation
        </Link>
      );
    case 'entities':
      return (
        <Link
          href={`${explainPath}?${of.entityRefs
            .map(ref => `entity=${encodeURIComponent(ref)}`)
            .join('&')}`}
        >
          {`An explanation of ${of.entityRefs.join(', ') || 'something'}`}
        </Link>
      );
    case 'walkthrough':
      return (
        <>
          A walkthrough of <EntityRefLink entityRef={of.entityRef} hideIcon />
        </>
      );
    default:
      return <>{props.draftKey}</>;
  }
}
