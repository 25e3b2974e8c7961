/** The tables, and how they are brought up to date. */
@NullMarked
package dev.reprise.storage.jdbc.schema;

import org.jspecify.annotations.NullMarked;
