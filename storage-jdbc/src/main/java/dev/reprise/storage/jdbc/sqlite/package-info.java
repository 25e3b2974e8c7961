/** SQLite: a file that the processes of one machine share. */
@NullMarked
package dev.reprise.storage.jdbc.sqlite;

import org.jspecify.annotations.NullMarked;
