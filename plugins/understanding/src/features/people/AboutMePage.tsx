import { useApi } from '@backstage/core-plugin-api';
import { Skeleton, Switch, Text } from '@backstage/ui';
import {
  AboutMe,
  IdentityCandidate,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { PageLayout } from '../../PageLayout';
import { Section } from '../../components/Section';
import { useSaving } from '../failure-modes/useSaving';
import { decisionOn } from './decisionOn';
import { EvidenceOfMe } from './EvidenceOfMe';
import { MyDrafts } from './MyDrafts';
import { MyIdentities } from './MyIdentities';
import { SaidByMe } from './SaidByMe';
import { SaidOfMe } from './SaidOfMe';

/** All that is stored about whoever looks, where from, and who may see it. */
export function AboutMePage() {
  const api = useApi(understandingApiRef);
  const { value, error, retry } = useAsyncRetry(async () => {
    const [me, identities] = await Promise.all([
      api.getAboutMe(),
      api.getMyIdentities(),
    ]);
    return { ...me, identities };
  }, [api]);
  const { save, isSaving, error: notSaved } = useSaving();
  const change = (run: () => Promise<unknown>) =>
    void save(async () => {
      await run();
      retry();
    });
  const decide = (one: IdentityCandidate, state: 'confirmed' | 'refused') =>
    change(() => api.decideIdentities(decisionOn([one], state)));
  return (
    <PageLayout title="What is stored about you">
      {error && <UnderstandingError error={error} retry={retry} />}
      {notSaved && <UnderstandingError error={notSaved} />}
      {!value && !error && (
        <div role="status" aria-label="Loading">
          <Skeleton width="100%" height={320} />
        </div>
      )}
      {value && (
        <>
          <WhoMaySee me={value} />
          <SaidOfMe
            said={value.handEvidence}
            personRef={value.personRef}
            isSaving={isSaving}
            onDecide={(id, decision) =>
              change(() => api.decideEvidence(id, decision))
            }
          />
          <EvidenceOfMe
            me={value}
            isSaving={isSaving}
            onNoLonger={entityRef =>
              change(() =>
                api.correctUnderstanding(entityRef, { type: 'no-longer' }),
              )
            }
            onFromElsewhere={async (entityRef, request) => {
              await api.correctUnderstanding(entityRef, request);
              retry();
            }}
            onWithdrawCorrection={entityRef =>
              change(() => api.withdrawCorrection(entityRef))
            }
            onRemove={id => change(() => api.withdrawEvidence(id))}
          />
          <SaidByMe
            said={value.handEvidence}
            personRef={value.personRef}
            isSaving={isSaving}
            onWithdraw={id => change(() => api.withdrawEvidence(id))}
          />
          <Catalog me={value} />
          <MyIdentities
            identities={value.identities}
            onConfirmAll={all =>
              change(() => api.decideIdentities(decisionOn(all, 'confirmed')))
            }
            actions={{
              isSaving,
              confirm: one => decide(one, 'confirmed'),
              refuse: one => decide(one, 'refused'),
              undo: ({ identifier, personRef }) =>
                change(() => api.undoIdentity({ ...identifier, personRef })),
            }}
          />
          <MyDrafts
            drafts={value.drafts}
            isSaving={isSaving}
            onRemove={key => change(() => api.removeDraft(key))}
          />
          <Section title="Suggestions">
            <Switch
              label="I may be suggested to learn or review something"
              isSelected={value.suggested}
              isDisabled={isSaving}
              onChange={suggested =>
                change(() => api.setSuggested({ suggested }))
              }
            />
          </Section>
        </>
      )}
    </PageLayout>
  );
}

function WhoMaySee(props: { me: Pick<AboutMe, 'namesShown' | 'keptDays'> }) {
  const { namesShown, keptDays } = props.me;
  return (
    <Section title="Who may see it">
      {namesShown ? (
        <>
          <Text>
            Whoever may read a service and has the permission
            understanding.person.read sees, for that service, your name with
            kinds of evidence, dates and links, and how the catalog says that
            you are reached. Each question who understands something, and each
            page of a service that is looked at, is written to the audit log.
          </Text>
          <Text>
            With understanding.simulate.departure as well, it can be asked which
            services would be understood by too few if you left; that is written
            to the audit log, too.
          </Text>
          <Text>
            Those who run this Backstage (understanding.admin) see which
            addresses and accounts may be yours, and nothing of what you did
            with them.
          </Text>
        </>
      ) : (
        <Text>
          Nobody else sees your name here: this installation shows counts only.
        </Text>
      )}
      <Text>
        The list on this page is for you alone. Nobody is ranked, and no number
        is attached to you.
      </Text>
      <Text>
        {keptDays === undefined
          ? 'Evidence is kept as long as its source has it.'
          : `Evidence is removed when it is ${Math.round(
              keptDays,
            )} days old.`}{' '}
        When you have left the catalog, an admin can have all of it erased.
      </Text>
    </Section>
  );
}

function Catalog(props: { me: Pick<AboutMe, 'catalog' | 'records'> }) {
  const { catalog, records } = props.me;
  return (
    <Section title="Who you are here">
      {catalog ? (
        <>
          <Text>
            From the catalog: {catalog.displayName}
            {catalog.email && `, ${catalog.email}`}
            {catalog.chat && `, chat: ${catalog.chat}`}
            {catalog.timeZone && `, ${catalog.timeZone}`}
          </Text>
          {catalog.accounts.length > 0 && (
            <Text>
              Accounts:{' '}
              {catalog.accounts
                .map(({ host, login }) => `${login} on ${host}`)
                .join(', ')}
            </Text>
          )}
          <Text>
            Groups:{' '}
            {catalog.groupRefs.length > 0
              ? catalog.groupRefs.join(', ')
              : 'none, so that you count as having left'}
          </Text>
        </>
      ) : (
        <Text>The catalog has no User for you.</Text>
      )}
      {records.length > 0 && (
        <>
          <Text>Your name stands beside:</Text>
          <ul>
            {records.map(({ what, count }) => (
              <li key={what}>
                {what}: {count}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
