/**
 * What every {@link dev.reprise.store.TaskStore} must do, as tests. An author of a store extends
 * {@link dev.reprise.testkit.store.TaskStoreContract} and needs JUnit Jupiter and AssertJ on the test path.
 */
@NullMarked
package dev.reprise.testkit.store;

import org.jspecify.annotations.NullMarked;
