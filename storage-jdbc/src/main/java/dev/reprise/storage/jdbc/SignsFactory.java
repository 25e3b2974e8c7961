package dev.reprise.storage.jdbc;

import dev.reprise.identity.RunnerId;
import dev.reprise.store.RunnerSpec;

/** How runners of this store notice each other's death. */
@FunctionalInterface
interface SignsFactory {

    /** Makes a runner's row and what it needs to be seen alive. */
    DeathSigns open(Transactions transactions, RunnerId id, RunnerSpec spec);
}
