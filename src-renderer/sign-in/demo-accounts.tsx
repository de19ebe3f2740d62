import { Text, UnstyledButton } from '@mantine/core';
import type { Answers } from '../api.ts';
import { StatusWord } from '../ui/status-word.tsx';
import classes from './demo-accounts.module.css';

type Account = NonNullable<Answers['open']['welcome']['demo']>['accounts'][number];

interface DemoAccountsProps {
  accounts: readonly Account[];
  onPick: (account: { email: string; password: string }) => void;
}

/** The people of the demonstration workspace; picking one fills in the form. */
export function DemoAccounts({ accounts, onPick }: DemoAccountsProps) {
  return (
    <section className={classes.box} aria-labelledby="demo-accounts">
      <Text id="demo-accounts" size="sm" fw={600}>
        Demonstration: pick somebody to fill in the form
      </Text>
      <ul className={classes.list}>
        {accounts.map((account) => (
          <li key={account.email}>
            <UnstyledButton
              className={classes.account}
              onClick={() => onPick({ email: account.email, password: account.password })}
            >
              <span>
                <span className={classes.name}>{account.name}</span>
                <span className={classes.hint}>{account.hint}</span>
              </span>
              <StatusWord state={account.twoStep} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
