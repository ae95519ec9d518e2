package io.uad.runtime.config;

import io.uad.api.Option;

/** The keys that belong to no block. */
record GeneralSettings(
        @Option(defaultValue = "31", description = "start of every random choice")
        long seed,

        @Option(defaultValue = "exp/uad", description = "folder of the run")
        String output) {}
