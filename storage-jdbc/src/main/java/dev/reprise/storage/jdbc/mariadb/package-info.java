/** MariaDB. */
@NullMarked
package dev.reprise.storage.jdbc.mariadb;

import org.jspecify.annotations.NullMarked;
