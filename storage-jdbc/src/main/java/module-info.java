/** A task store in a relational database, shared by any number of processes. */
module dev.reprise.storage.jdbc {
    requires transitive dev.reprise.core;
    requires transitive java.sql;
    requires org.slf4j;

    exports dev.reprise.storage.jdbc;
}
