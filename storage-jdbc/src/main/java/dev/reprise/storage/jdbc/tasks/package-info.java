/** Everything that changes tasks. */
@NullMarked
package dev.reprise.storage.jdbc.tasks;

import org.jspecify.annotations.NullMarked;
