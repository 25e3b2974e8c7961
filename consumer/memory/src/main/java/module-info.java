module consumer {
    requires dev.reprise.storage.memory;
}
