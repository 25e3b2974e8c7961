/** A task store in a relational database, shared by any number of processes. */
@NullMarked
package dev.reprise.storage.jdbc;

import org.jspecify.annotations.NullMarked;
