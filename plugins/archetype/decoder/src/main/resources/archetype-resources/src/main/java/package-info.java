/** Decodes JPEG files to means of blocks: write here what the plugin does, and its source. */
package ${package};
