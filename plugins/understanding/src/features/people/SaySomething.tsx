import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import {
  CorrectRequest,
  understandingEvidenceCreatePermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import { useState } from 'react';
import { understandingTranslationRef } from '../../translation';
import { WrappingRow } from '../../components/WrappingRow';
import { useSaving } from '../failure-modes/useSaving';
import { EvidenceForm } from './EvidenceForm';
import { FromElsewhereDialog } from './FromElsewhereDialog';

/** What whoever looks may say of who understands an entity: of themselves, and of others. */
export function SaySomething(props: { entityRef: string; freshDays: number }) {
  const { entityRef, freshDays } = props;
  const { t } = useTranslationRef(understandingTranslationRef);
  const api = useApi(understandingApiRef);
  const { allowed } = usePermission({
    permission: understandingEvidenceCreatePermission,
  });
  const [open, setOpen] = useState<'from-elsewhere' | 'evidence'>();
  const [isSaid, setSaid] = useState(false);
  const { error, isSaving, save } = useSaving();
  const close = () => setOpen(undefined);
  const correct = async (request: CorrectRequest) => {
    await api.correctUnderstanding(entityRef, request);
    setSaid(true);
  };
  return (
    <Flex direction="column" gap="2">
      <WrappingRow>
        <Button
          size="small"
          variant="secondary"
          onPress={() => setOpen('from-elsewhere')}
        >
          {t('say.fromElsewhere')}
        </Button>
        <Button
          size="small"
          variant="secondary"
          isPending={isSaving}
          onPress={() => save(() => correct({ type: 'no-longer' }))}
        >
          {t('say.noLonger')}
        </Button>
        {allowed && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setOpen('evidence')}
          >
            {t('say.evidence')}
          </Button>
        )}
      </WrappingRow>
      {error && <UnderstandingError error={error} title={t('say.notTaken')} />}
      <Text role="status">{isSaid && t('say.noted')}</Text>
      {open === 'from-elsewhere' && (
        <FromElsewhereDialog
          freshDays={freshDays}
          close={close}
          onCorrect={correct}
        />
      )}
      {open === 'evidence' && (
        <Dialog isOpen onOpenChange={isOpen => !isOpen && close()} width={520}>
          <DialogHeader>{t('say.evidence')}</DialogHeader>
          <DialogBody>
            <Flex direction="column" gap="3">
              <Text>{t('say.evidenceCounts')}</Text>
              <EvidenceForm entityRef={entityRef} />
            </Flex>
          </DialogBody>
          <DialogFooter>
            <Button variant="secondary" onPress={close}>
              {t('say.close')}
            </Button>
          </DialogFooter>
        </Dialog>
      )}
    </Flex>
  );
}
