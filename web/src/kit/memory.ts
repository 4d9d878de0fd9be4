/** Under which name the browser remembers language, light and size of letters. */
export const preferencesMemory = 'tiaoli.preferences'
