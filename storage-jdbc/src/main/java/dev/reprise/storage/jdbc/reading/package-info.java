/** Everything that reads tasks and batches. */
@NullMarked
package dev.reprise.storage.jdbc.reading;

import org.jspecify.annotations.NullMarked;
