package dev.reprise.storage.jdbc.sql;

/** What a database's error means for what was being done. */
public enum Fault {
    /** Somebody else was in the way: a deadlock, a serialization failure, a lock that was not to be had in time. */
    CONTENTION,
    /** The database was not there, or went away: nobody knows whether the transaction was committed. */
    CONNECTION,
    /** A unique key is taken. */
    DUPLICATE,
    /** The database cannot hold this value, now or ever. */
    DATA,
    /** The database can do nothing at present, for a reason of its own: a full disk, a timeout of the server. */
    RESOURCES,
    /** The statement or the schema is wrong; somebody has to change something. */
    LASTING
}
