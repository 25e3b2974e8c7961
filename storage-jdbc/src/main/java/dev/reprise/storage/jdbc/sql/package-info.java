/** Statements with named places, transactions, and what differs from one database to the next. */
@NullMarked
package dev.reprise.storage.jdbc.sql;

import org.jspecify.annotations.NullMarked;
