/**
 * What every {@link dev.reprise.provider.Provider} that speaks HTTP must do, as tests over real sockets. An author of a
 * provider extends {@link dev.reprise.testkit.provider.ProviderContract} and needs JUnit Jupiter with its parameters,
 * AssertJ and mockwebserver3 on the test path.
 */
@NullMarked
package dev.reprise.testkit.provider;

import org.jspecify.annotations.NullMarked;
