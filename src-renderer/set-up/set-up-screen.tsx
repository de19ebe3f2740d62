import { FrontPage } from '../ui/front-page.tsx';
import { MailPlace } from '../ui/mail-place.tsx';
import { SetUpForm } from './set-up-form.tsx';

/** First run: one page, three questions: which workspace, who owns it, how strict it starts. */
export function SetUpScreen() {
  return (
    <FrontPage
      wide
      title="Set up your workspace"
      lead="It lives in a folder on this computer. You become its owner and can invite others later."
      aside={<MailPlace />}
    >
      <SetUpForm />
    </FrontPage>
  );
}
