package io.uad.standalone;

import io.uad.runtime.Version;

/** Prints which UAD this is. */
final class PrintVersion {
    private PrintVersion() {}

    public static void main(String[] args) {
        System.out.println(Version.CURRENT);
    }
}
