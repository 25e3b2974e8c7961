/** A task store in the heap of one process. */
module dev.reprise.storage.memory {
    requires transitive dev.reprise.core;
    requires org.slf4j;

    exports dev.reprise.storage.memory;
}
