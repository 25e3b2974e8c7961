/** Names of things: generations, batches, owners, and where new ids come from. */
@NullMarked
package dev.reprise.identity;

import org.jspecify.annotations.NullMarked;
