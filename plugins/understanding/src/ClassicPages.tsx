import { Content, Header, Page } from '@backstage/core-components';
import { Pages } from './Pages';

/** The pages with the header that the classic system does not draw by itself. */
export function ClassicPages() {
  return (
    <Page themeId="tool">
      <Header title="Understanding" />
      <Content noPadding>
        <Pages />
      </Content>
    </Page>
  );
}
