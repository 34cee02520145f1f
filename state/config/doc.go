// Package config is what the program reads from disk before it starts, and what
// it remembers there for the next time.
//
// [Load] reads the settings that a person has written; the program never writes
// them. [Memory] is what the program itself remembers about agents: the mode of
// the prompt, the options that were used last, and presets with names. Neither
// keeps a secret. Whatever is wrong with the files, the program can start.
package config
