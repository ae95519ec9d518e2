package io.uad.runtime.plugin;

/** A program whose classes are those of modules: prints which of the classes that it is given a plugin would see. */
final class ModularProgram {
    private ModularProgram() {}

    public static void main(String[] names) {
        if (!ModularProgram.class.getModule().isNamed()) {
            throw new IllegalStateException("this must run as a module");
        }
        var shared = new SharedClasses(ModularProgram.class.getClassLoader());
        for (var name : names) {
            try {
                shared.loadClass(name);
                System.out.println(name);
            } catch (ClassNotFoundException e) {
                // then it is not seen
            }
        }
    }
}
