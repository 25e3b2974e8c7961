/** What the providers share below their protocols: one HTTP exchange, retry headers, and messages without secrets. */
@NullMarked
package dev.reprise.provider.wire;

import org.jspecify.annotations.NullMarked;
