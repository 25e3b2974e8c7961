/** PostgreSQL. */
@NullMarked
package dev.reprise.storage.jdbc.postgres;

import org.jspecify.annotations.NullMarked;
