/**
 * Faults of the wire, for tests of whatever speaks HTTP: a proxy that cuts, stalls, resets and trickles, and a corpus of
 * answers that no provider should send. The corpus needs mockwebserver3 on the test path, the proxy nothing.
 */
@NullMarked
package dev.reprise.testkit.wire;

import org.jspecify.annotations.NullMarked;
