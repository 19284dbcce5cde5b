import { Content, Header, Page } from '@backstage/core-components';
import { Overview } from './Overview';

/** The overview with the header that the classic system does not draw by itself. */
export function ClassicPage() {
  return (
    <Page themeId="tool">
      <Header title="Understanding" />
      <Content noPadding>
        <Overview />
      </Content>
    </Page>
  );
}
