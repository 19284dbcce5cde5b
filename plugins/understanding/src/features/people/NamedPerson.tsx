import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PersonStatus } from '@understanding-dev/backstage-plugin-understanding-common';
import { ComponentProps } from 'react';
import { understandingTranslationRef } from '../../translation';
import { Person } from '../explanations/Person';

/** Somebody by name, and whether they are still to be found. */
export function NamedPerson(props: {
  person: ComponentProps<typeof Person>['person'] & { status: PersonStatus };
}) {
  const { t } = useTranslationRef(understandingTranslationRef);
  const person = <Person person={props.person} />;
  switch (props.person.status) {
    case 'left':
      return t('person.left', { person });
    case 'not-in-catalog':
      return t('person.notInCatalog', { person });
    case 'several-users':
      return t('person.severalUsers', { person });
    default:
      return person;
  }
}
