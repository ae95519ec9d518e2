/**
 * JPEG files at a fraction of their size, by libjpeg-turbo's scaled inverse transform.
 *
 * <p>Leptonica is the library around it, as it has small natives that are kept up to date for Java. Its pictures are freed
 * where they are read, and no collector of garbage has a part in it. Traps for whoever changes this: a file that was cut
 * short gives a picture and a count of warnings; and the library prints to the error stream unless it is told not to.
 *
 * <p>There is no {@code module-info}: jars with natives have names that no module may have, so a decoder with natives belongs
 * on the class path or in a folder of its own. A sibling is another plugin that passes the same contract.
 */
@NullMarked
package io.uad.plugin.decoder.leptonica;

import org.jspecify.annotations.NullMarked;
